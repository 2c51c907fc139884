( () => {
	'use strict';

	const { module, stored, manager, site, messages, roles, words } = window.logtoSignInFields;
	const { instantiate, ask } = window.logtoSignInCore;
	const form = document.querySelector( 'form[data-logto-guard]' );
	if ( ! form || ! window.WebAssembly ) {
		return;
	}

	/** Milliseconds of rest before a field is checked. */
	const PAUSE = 250;

	let loading = null;

	/**
	 * The core, once somebody changes something. A server may have no media type for it, so it is not streamed.
	 *
	 * @return {Promise<Object>} The exports of the module.
	 */
	const load = () => {
		loading ??= fetch( module ).then( ( response ) => response.arrayBuffer() ).then( instantiate );
		return loading;
	};

	/**
	 * What the form would send: each setting by its name, and the mapping as a list of rows.
	 *
	 * @return {Object} The settings of the tab.
	 */
	const submitted = () => {
		const values = new Map();
		const rows = new Map();
		for ( const [ field, value ] of new FormData( form ) ) {
			const [ , name, row, column ] = /^logto_sign_in\[(\w+)\](?:\[(\d+)\]\[(\w+)\])?$/u.exec( field ) ?? [];
			if ( row !== undefined ) {
				rows.set( row, { ...rows.get( row ), [ column ]: value } );
				values.set( name, [ ...rows.values() ] );
			} else if ( name !== undefined ) {
				values.set( name, value );
			}
		}

		values.delete( 'partial' );
		return Object.fromEntries( values );
	};

	/**
	 * Says beside a field what is wrong with it, or nothing.
	 *
	 * @param {string}           name
	 * @param {string|undefined} code
	 */
	const mark = ( name, code ) => {
		const field = document.getElementById( `logto-${ name }` );
		const help = document.getElementById( `logto-${ name }-help` );
		document.getElementById( `logto-${ name }-problem` )?.remove();
		field?.removeAttribute( 'aria-invalid' );
		field?.setAttribute( 'aria-describedby', `logto-${ name }-help` );
		if ( ! field || ! help || code === undefined ) {
			return;
		}

		const note = document.createElement( 'p' );
		note.id = `logto-${ name }-problem`;
		note.className = 'logto-problem';
		note.textContent = new Map( Object.entries( messages ) ).get( code ) ?? code;
		help.before( note );
		field.setAttribute( 'aria-invalid', 'true' );
		field.setAttribute( 'aria-describedby', `${ note.id } logto-${ name }-help` );
	};

	/**
	 * Shows an example below the help of a field, if the tab has that field.
	 *
	 * @param {string}   name
	 * @param {string}   sentence With placeholders.
	 * @param {string[]} texts    What stands in their place.
	 */
	const example = ( name, sentence, texts ) => {
		const help = document.getElementById( `logto-${ name }-help` );
		let place = document.getElementById( `logto-${ name }-example` );
		if ( help && ! place ) {
			place = document.createElement( 'p' );
			place.id = `logto-${ name }-example`;
			place.className = 'description';
			help.after( place );
		}

		if ( place ) {
			const left = [ ...texts ];
			place.textContent = sentence.replaceAll( /%(?:\d\$)?s/gu, () => left.shift() );
		}
	};

	/**
	 * What somebody would get with these settings.
	 *
	 * @param {Object} core
	 * @param {Object} settings
	 * @param {string} role     A role as the mapping names it.
	 */
	const preview = ( core, settings, role ) => {
		const [ of, ...organization ] = role.startsWith( 'org:' ) ? role.split( ':' ) : [ role ];
		const claims = {
			sub: 'example', name: 'Ann Li', given_name: 'Ann', family_name: 'Li', username: 'annli', phone_number: '15550100',
			email: 'ann.li@example.com', email_verified: true, roles: [ of ],
			organizations: organization.slice( 0, 1 ), organization_roles: organization.length > 1 ? [ organization.join( ':' ) ] : [],
		};
		const outcome = ask( core, { operation: 'preview', settings, site, input: { claims } } );
		const given = outcome.roles.length > 0 ? outcome.roles : [ settings.default_role || site.default_role ];
		const labels = new Map( Object.entries( roles ) );
		example( 'username_strategy', words.username, [ outcome.logins[ 0 ] ] );
		if ( role !== '' ) {
			example( 'role_map', words.roles, [ role, given.map( ( name ) => labels.get( name ) ?? name ).join( ', ' ) ] );
		}
	};

	const touched = new Set();

	const check = async () => {
		const core = await load();
		const values = submitted();
		const input = { submitted: values, manager, partial: true };
		const outcome = ask( core, { operation: 'check_settings', settings: stored, site, input } );
		const codes = new Map( outcome.problems.map( ( { field, code } ) => [ field, code ] ) );
		for ( const name of touched ) {
			mark( name, codes.get( name ) );
		}

		const row = values.role_map?.findLast( ( { logto } ) => logto.trim() !== '' );
		preview( core, { ...stored, ...outcome.values }, row?.logto.trim() ?? '' );
	};

	let waiting = 0;
	form.addEventListener( 'input', ( event ) => {
		const name = /^logto_sign_in\[(\w+)\]/u.exec( event.target.name ?? '' )?.[ 1 ];
		if ( name !== undefined ) {
			touched.add( name );
			clearTimeout( waiting );
			// Where a policy forbids WebAssembly, the server checks alone.
			waiting = setTimeout( () => check().catch( () => {} ), PAUSE );
		}
	} );
} )();
