( () => {
	'use strict';

	/** Bytes of entropy in front of a request. */
	const ENTROPY = 64;

	/**
	 * @param {ArrayBuffer} bytes The core's module.
	 * @return {Promise<Object>} Its exports.
	 */
	const instantiate = async ( bytes ) => {
		// Latin letters need no transliteration, and the page asks about no others.
		const { instance } = await WebAssembly.instantiate( bytes, { host: { transliterate: () => -1 } } );
		return instance.exports;
	};

	/**
	 * Asks the core as the server does.
	 *
	 * @param {Object} core    The exports.
	 * @param {Object} request
	 * @return {Object} The outcome.
	 */
	const ask = ( core, request ) => {
		const line = new TextEncoder().encode( JSON.stringify( request ) );
		const address = core.allocate( ENTROPY + line.length );
		const room = new Uint8Array( core.memory.buffer, address, ENTROPY + line.length );
		crypto.getRandomValues( room.subarray( 0, ENTROPY ) );
		room.set( line, ENTROPY );
		const now = BigInt( Math.floor( Date.now() / 1000 ) );
		const packed = BigInt.asUintN( 64, core.begin( address, room.length, now ) );
		const reply = new Uint8Array( core.memory.buffer, Number( packed >> 32n ), Number( BigInt.asUintN( 32, packed ) ) );
		return JSON.parse( new TextDecoder().decode( reply ) ).outcome;
	};

	window.logtoSignInCore = { instantiate, ask };
} )();
